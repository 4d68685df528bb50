/** People of the portal as administrators handle them, and their memberships. */
import { z } from 'zod';
import { endpoint, NO_CONTENT } from '../endpoint.ts';
import { isoInstant, rowId } from '../shapes.ts';

const globalRole = z.enum(['GlobalAdmin', 'Admin', 'User']);
const companyRole = z.enum(['CompanyAdmin', 'User']);
const text = z.string().min(1).max(300);
const password = z.string().min(1).max(1_000);
const one = z.object({ userId: rowId });
const member = z.object({ companyId: rowId, userId: rowId });
const companyOnly = z.object({ companyId: rowId });

export const userView = z
  .object({
    id: z.number().int(),
    username: z.string(),
    email: z.string(),
    role: globalRole,
    active: z.boolean(),
    mfaEnabled: z.boolean(),
    mfaRequired: z
      .boolean()
      .nullable()
      .meta({ description: 'Null leaves it to companies and installation.' }),
    lastLoginAt: isoInstant.nullable(),
    createdAt: isoInstant,
    companies: z.array(z.object({ companyId: z.number().int(), role: companyRole })),
  })
  .meta({ id: 'User' });

export const memberView = z
  .object({
    userId: z.number().int(),
    username: z.string(),
    email: z.string(),
    role: companyRole,
    globalRole,
    active: z.boolean(),
    mfaEnabled: z.boolean(),
  })
  .meta({ id: 'Member' });

export const listUsers = endpoint({
  id: 'listUsers',
  method: 'GET',
  path: '/api/v1/users',
  summary: 'The people one may see: all, or those who share a company with the caller.',
  replies: { 200: z.object({ rows: z.array(userView) }) },
  auth: 'portal',
});

export const createUser = endpoint({
  id: 'createUser',
  method: 'POST',
  path: '/api/v1/users',
  summary: 'Creates a person, who chooses an own password at the first login.',
  body: z.strictObject({
    username: text,
    email: text,
    password,
    role: globalRole.default('User'),
    active: z.boolean().default(true),
    company: z
      .strictObject({ companyId: rowId, role: companyRole.default('User') })
      .nullable()
      .default(null),
  }),
  replies: { 201: z.object({ id: z.number().int() }) },
  auth: 'portal',
});

export const getUser = endpoint({
  id: 'getUser',
  method: 'GET',
  path: '/api/v1/users/:userId',
  summary: 'One person.',
  params: one,
  replies: { 200: userView },
  auth: 'portal',
});

export const editUser = endpoint({
  id: 'editUser',
  method: 'PATCH',
  path: '/api/v1/users/:userId',
  summary: 'Changes user name or e-mail address; what is left out stays.',
  params: one,
  body: z.strictObject({ username: text.optional(), email: text.optional() }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const deleteUser = endpoint({
  id: 'deleteUser',
  method: 'DELETE',
  path: '/api/v1/users/:userId',
  summary: 'Deletes an account; what it did stays in the audit trail.',
  params: one,
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const setUserActive = endpoint({
  id: 'setUserActive',
  method: 'PUT',
  path: '/api/v1/users/:userId/active',
  summary: 'Activates or deactivates; sessions of the deactivated end at once.',
  params: one,
  body: z.strictObject({ active: z.boolean() }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const setUserRole = endpoint({
  id: 'setUserRole',
  method: 'PUT',
  path: '/api/v1/users/:userId/role',
  summary: 'Changes what a person is for the whole installation.',
  params: one,
  body: z.strictObject({ role: globalRole }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const resetUserPassword = endpoint({
  id: 'resetUserPassword',
  method: 'PUT',
  path: '/api/v1/users/:userId/password',
  summary: 'Sets a password that the person replaces at the next login.',
  params: one,
  body: z.strictObject({ newPassword: password }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const resetUserMfa = endpoint({
  id: 'resetUserMfa',
  method: 'DELETE',
  path: '/api/v1/users/:userId/mfa',
  summary: 'Takes a lost authenticator away.',
  params: one,
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const requireUserMfa = endpoint({
  id: 'requireUserMfa',
  method: 'PUT',
  path: '/api/v1/users/:userId/mfa-required',
  summary: 'Requires a second factor of one person, exempts him, or (null) leaves it to the policies.',
  params: one,
  body: z.strictObject({ required: z.boolean().nullable() }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const endUserSessions = endpoint({
  id: 'endUserSessions',
  method: 'DELETE',
  path: '/api/v1/users/:userId/sessions',
  summary: 'Ends all sessions of a person.',
  params: one,
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const listMembers = endpoint({
  id: 'listMembers',
  method: 'GET',
  path: '/api/v1/companies/:companyId/members',
  summary: 'Who belongs to a company, and as what.',
  params: companyOnly,
  replies: { 200: z.object({ rows: z.array(memberView) }) },
  auth: 'portal',
});

export const addMember = endpoint({
  id: 'addMember',
  method: 'POST',
  path: '/api/v1/companies/:companyId/members',
  summary: 'Makes someone who has an account a member.',
  params: companyOnly,
  body: z.strictObject({ userId: rowId, role: companyRole.default('User') }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const setMemberRole = endpoint({
  id: 'setMemberRole',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/members/:userId',
  summary: 'Changes what a member is in the company.',
  params: member,
  body: z.strictObject({ role: companyRole }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const removeMember = endpoint({
  id: 'removeMember',
  method: 'DELETE',
  path: '/api/v1/companies/:companyId/members/:userId',
  summary: 'Ends a membership; the account stays.',
  params: member,
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const USER_ENDPOINTS = [
  listUsers,
  createUser,
  getUser,
  editUser,
  deleteUser,
  setUserActive,
  setUserRole,
  resetUserPassword,
  resetUserMfa,
  requireUserMfa,
  endUserSessions,
  listMembers,
  addMember,
  setMemberRole,
  removeMember,
] as const;
