/** Words of backup and restore: what the command `tian` answers. */
export const backupWords = {
  'kernel.backup_unreadable': {
    zh: '无法读取备份：{file}：{reason}',
    en: 'The backup cannot be read: {file}: {reason}',
  },
  'kernel.backup_damaged': {
    zh: '备份已损坏：{file} 与清单中的哈希不符。未恢复任何内容，请换用另一份备份',
    en: 'The backup is damaged: {file} differs from its hash in the list. Nothing was restored; use another backup',
  },
  'kernel.restore_not_empty': {
    zh: '数据库不是空的。恢复只写入空的数据目录或空的数据库：请更换 TIAN_DATA_DIR 或 TIAN_DATABASE_URL',
    en: 'The database is not empty. A restore fills an empty data folder or database only: choose another TIAN_DATA_DIR or TIAN_DATABASE_URL',
  },
  'kernel.restore_unknown_migration': {
    zh: '备份由版本 {version} 制作，本程序不认识其中的结构变更 {name}。请用该版本或更新的版本恢复',
    en: 'The backup was made by version {version}; this program does not know its migration {name}. Restore with that version or a newer one',
  },
  'backup.done': {
    zh: '备份完成：{dir}，{tables} 张表，{rows} 行，{files} 个文件',
    en: 'Backup complete: {dir}, {tables} tables, {rows} rows, {files} files',
  },
  'backup.key_apart': {
    zh: '密钥不在备份中。请另行保存数据目录中的 tian.key（指纹 {fingerprints}）：没有它，姓名和电话无法读取',
    en: 'The key is not in the backup. Keep tian.key of the data folder apart (fingerprint {fingerprints}): without it names and phone numbers cannot be read',
  },
  'backup.restored': {
    zh: '恢复完成：{tables} 张表，{rows} 行，{files} 个文件。启动前请把指纹为 {fingerprints} 的 tian.key 放入 {dataDir}',
    en: 'Restored: {tables} tables, {rows} rows, {files} files. Before the start, put tian.key with fingerprint {fingerprints} into {dataDir}',
  },
} as const;
