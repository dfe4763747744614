/** Words of the comfort script, read to the trapped. */
export const rescueScriptWords = {
  'rescue.script.calm': {
    zh: '请不要惊慌，轿厢有通风，不会缺氧，也不会坠落。',
    en: 'Please stay calm. The car is ventilated and will not fall.',
  },
  'rescue.script.stay_away_from_door': {
    zh: '请远离轿门，不要扒门、不要自行攀爬。',
    en: 'Please keep away from the doors and do not try to climb out.',
  },
  'rescue.script.fire': {
    zh: '如有烟味，请用衣物捂住口鼻、蹲低，119 已同步通知。',
    en: 'If you smell smoke, cover mouth and nose and stay low; 119 is being told.',
  },
  'rescue.script.water': {
    zh: '如有进水，请站到高处，不要触碰按钮面板。',
    en: 'If water comes in, stand high and do not touch the panel.',
  },
  'rescue.script.unwell': {
    zh: '请让不适的人坐下休息，告诉我他的情况，急救会一同赶来。',
    en: 'Let whoever is unwell sit down and tell me how he is; medical help will come too.',
  },
  'rescue.script.infant': {
    zh: '请抱好孩子，坐在轿厢地面上。',
    en: 'Please hold the child and sit on the floor of the car.',
  },
  'rescue.script.elder': {
    zh: '请让老人靠壁坐下，保持通话。',
    en: 'Let the elderly sit against the wall and stay on the line.',
  },
  'rescue.script.received': {
    zh: '我们已经知道您被困，正在安排救援。',
    en: 'We know that you are trapped and are arranging help.',
  },
  'rescue.script.asking': {
    zh: '已通知最近的救援人员，正在等待确认。',
    en: 'The nearest rescuer has been called and is about to confirm.',
  },
  'rescue.script.coming': { zh: '救援人员正在赶来。', en: 'A rescuer is on the way.' },
  'rescue.script.on_site': {
    zh: '救援人员已到现场，请听从他们的指挥。',
    en: 'The rescuers are here; please follow their instructions.',
  },
  'rescue.script.emergency_services': {
    zh: '已联系消防救援，请继续等待。',
    en: 'The fire service has been called; please wait.',
  },
  'rescue.script.say_where': {
    zh: '请拨打电话，告诉坐席您在哪个小区、哪栋楼、哪台电梯。',
    en: 'Please call and say in which estate, building and elevator you are.',
  },
  'rescue.script.dismissed': {
    zh: '坐席已结束这次求助。如果您仍被困，请立即拨打电话。',
    en: 'The desk has ended this call for help. If you are still inside, call at once.',
  },
  'rescue.script.after': {
    zh: '您已安全，如有不适请告知。感谢您的配合。',
    en: 'You are safe. Tell us if you feel unwell. Thank you.',
  },
} as const;
