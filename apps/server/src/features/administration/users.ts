/** People and memberships over HTTP. */
import * as contract from '@logonscope/protocol';
import type { Access } from '../../access/access.ts';
import * as members from '../../access/administration/members.ts';
import { listUsers, readUser, type UserView } from '../../access/administration/user-views.ts';
import * as users from '../../access/administration/users.ts';
import { type Route, route } from '../../http/mount.ts';

const { reply } = contract;
const iso = (atMs: number) => new Date(atMs).toISOString();

function userToWire({ lastLoginAtMs, createdAtMs, companies, ...rest }: UserView) {
  const lastLoginAt = lastLoginAtMs === null ? null : iso(lastLoginAtMs);
  return { ...rest, companies: [...companies], lastLoginAt, createdAt: iso(createdAtMs) };
}

function peopleRoutes({ portal, acting }: Access): Route[] {
  return [
    route(contract.listUsers, {
      action: 'user.read',
      async handle({ caller, request }) {
        const rows = await listUsers(portal, acting(caller, request));
        return reply(200, { rows: rows.map(userToWire) });
      },
    }),
    route(contract.createUser, {
      action: 'user.create',
      async handle({ caller, request, body }) {
        return reply(201, { id: await users.createUser(portal, acting(caller, request), body) });
      },
    }),
    route(contract.getUser, {
      action: 'user.read',
      handle: async ({ caller, request, params }) =>
        reply(200, userToWire(await readUser(portal, acting(caller, request), params.userId))),
    }),
    route(contract.editUser, {
      action: 'user.edit',
      async handle({ caller, request, params, body }) {
        await users.editUser(portal, acting(caller, request), params.userId, body);
        return reply(204, null);
      },
    }),
    route(contract.deleteUser, {
      action: 'user.delete',
      async handle({ caller, request, params }) {
        await users.deleteUser(portal, acting(caller, request), params.userId);
        return reply(204, null);
      },
    }),
  ];
}

function rightsRoutes({ portal, acting }: Access): Route[] {
  return [
    route(contract.setUserActive, {
      action: 'user.activate',
      async handle({ caller, request, params, body }) {
        await users.setUserActive(portal, acting(caller, request), params.userId, body.active);
        return reply(204, null);
      },
    }),
    route(contract.setUserRole, {
      action: 'user.change-role',
      async handle({ caller, request, params, body }) {
        await users.changeRole(portal, acting(caller, request), params.userId, body.role);
        return reply(204, null);
      },
    }),
    route(contract.resetUserPassword, {
      action: 'user.reset-password',
      async handle({ caller, request, params, body }) {
        await users.resetPassword(portal, acting(caller, request), params.userId, body.newPassword);
        return reply(204, null);
      },
    }),
    route(contract.resetUserMfa, {
      action: 'user.reset-mfa',
      async handle({ caller, request, params }) {
        await users.resetMfa(portal, acting(caller, request), params.userId);
        return reply(204, null);
      },
    }),
    route(contract.requireUserMfa, {
      action: 'user.require-mfa',
      async handle({ caller, request, params, body }) {
        await users.requireMfaOf(portal, acting(caller, request), params.userId, body.required);
        return reply(204, null);
      },
    }),
    route(contract.endUserSessions, {
      action: 'user.revoke-sessions',
      async handle({ caller, request, params }) {
        await users.revokeSessionsOf(portal, acting(caller, request), params.userId);
        return reply(204, null);
      },
    }),
  ];
}

function memberRoutes({ portal, acting }: Access): Route[] {
  return [
    route(contract.listMembers, {
      action: 'member.read',
      handle: async ({ caller, request, params }) =>
        reply(200, { rows: await members.listMembers(portal, acting(caller, request), params.companyId) }),
    }),
    route(contract.addMember, {
      action: 'member.add',
      async handle({ caller, request, params, body }) {
        const at = { companyId: params.companyId, userId: body.userId };
        await members.addMember(portal, acting(caller, request), at, body.role);
        return reply(204, null);
      },
    }),
    route(contract.setMemberRole, {
      action: 'member.change-role',
      async handle({ caller, request, params, body }) {
        await members.changeMemberRole(portal, acting(caller, request), params, body.role);
        return reply(204, null);
      },
    }),
    route(contract.removeMember, {
      action: 'member.remove',
      async handle({ caller, request, params }) {
        await members.removeMember(portal, acting(caller, request), params);
        return reply(204, null);
      },
    }),
  ];
}

export function userRoutes(access: Access): Route[] {
  return [...peopleRoutes(access), ...rightsRoutes(access), ...memberRoutes(access)];
}
