import Button from 'antd/es/button/index.js';
import { prefer, usePreferences } from '../preferences.ts';
import { useSay } from '../say.ts';

/** Switch between Chinese and English; the button says the other language's name. */
export function LanguageButton() {
  const say = useSay();
  const { language } = usePreferences();
  return (
    <Button
      type="text"
      size="small"
      title={say('web.frame.language_label')}
      onClick={() => prefer({ language: language === 'zh' ? 'en' : 'zh' })}
    >
      {say('web.frame.language')}
    </Button>
  );
}
