export { JobListPage } from './job-list.tsx';
export { JobPage } from './job-page.tsx';
export { PhoneGate } from './phone.tsx';
export { WorkPage } from './work-page.tsx';
