/** The door of the settings: one definition gives values, config.ini, documents, forms and redaction. */
export { type IniEntry, type IniFile, parseIni } from './ini.ts';
export * from './load.ts';
export { redact } from './redact.ts';
export { describeForm, type FormField, renderDocs, renderIni } from './render.ts';
export {
  defineSettings,
  type Kind,
  type RetiredKeys,
  type Setting,
  type SettingsDefinition,
  type SettingTable,
  type SettingType,
  shownPlace,
  type Understood,
  type Values,
} from './setting.ts';
export * from './types.ts';
export { updateIni } from './update-ini.ts';
export * from './wrong.ts';
