/** A database as winauthmon-server makes it (SQLite), for tests to fill. */
import Database from 'better-sqlite3';

const SCHEMA = `
create table app_auth_settings (id integer primary key not null, allow_registration boolean, restrict_email_domains boolean,
  password_min_length integer, password_require_numbers_mixed_case boolean, password_require_special_chars boolean,
  password_safe_special_chars varchar(100), require_mfa_for_all_users boolean, log_level varchar(20));
create table app_auth_companies (id integer primary key not null, name varchar(100) not null unique,
  description varchar(200), created_at datetime not null);
create table app_auth_users (id integer primary key not null, username varchar(20) not null unique,
  email varchar(120) not null unique, password varchar(60) not null, role varchar(20) not null, is_active boolean,
  mfa_secret varchar(32), mfa_enabled boolean, mfa_required boolean);
create table app_auth_user_companies (id integer primary key not null, user_id integer not null,
  company_id integer not null, role varchar(50) not null);
create table app_auth_api_keys (id integer primary key not null, key varchar(64) not null unique,
  description varchar(100), created_at datetime not null, last_used datetime, is_active boolean, company_id integer);
create table app_auth_allowed_domains (id integer primary key not null, domain varchar(100) not null unique);
create table api_logs (id integer primary key not null, event_type varchar(20) not null, user_name varchar(50) not null,
  computer_name varchar(50) not null, local_ip varchar(45), public_ip varchar(45), timestamp datetime not null,
  retry integer not null, company_id integer, api_key_id integer);
create table error_log (id integer primary key not null, level varchar(20) not null, logger_name varchar(100),
  message text not null, timestamp datetime not null);
`;

type Cell = string | number | null | Buffer;

export interface OriginalDatabase {
  add(table: string, ...rows: readonly Readonly<Record<string, Cell>>[]): void;
  close(): void;
}

/** Makes the file with the tables of a fresh original, all empty. */
export function makeOriginal(file: string): OriginalDatabase {
  const database = new Database(file);
  database.exec(SCHEMA);
  return {
    add(table, ...rows) {
      for (const row of rows) {
        const names = Object.keys(row);
        const holes = names.map(() => '?').join(', ');
        database
          .prepare(`insert into ${table} (${names.join(', ')}) values (${holes})`)
          .run(...Object.values(row));
      }
    },
    close: () => void database.close(),
  };
}
