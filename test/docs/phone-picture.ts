/** Takes the picture of the phone page for the README: `node test/docs/phone-picture.ts`, while `npm run dev` runs. */
import { launchBrowser } from '../support/browser.ts';

const app = 'http://127.0.0.1:7071/api';
const emulator = 'http://127.0.0.1:9100/emulator';
const business = '+14255550100';
const [caller, agent, customer] = ['+14255550123', '+14255550124', '+14255550125'];

const send = async (method: string, url: string, body: unknown) => {
  const headers = { 'content-type': 'application/json', prefer: 'wait=10' };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`);
  }
};

const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' });
await page.goto(`${emulator}/`);
await page.getByText('Live', { exact: true }).waitFor();

// One call that a rule has answered, then one that rings at a person.
await send('PUT', `${app}/routing-rules/front-desk`, {
  priority: 10,
  match: { to: business },
  action: { kind: 'answer' },
});
await send('POST', `${emulator}/incoming-calls`, { from: caller, to: business });
await page.getByRole('list', { name: 'Running calls' }).getByText(caller).first().waitFor();
await send('PUT', `${emulator}/parties/${agent}`, { onRing: 'ask' });
await send('POST', `${app}/calls`, { targets: [customer], callerId: business });
void send('POST', `${app}/calls`, { targets: [agent], callerId: business, displayName: 'Front desk' });
await page.getByRole('heading', { name: `${agent} is ringing` }).waitFor();

await page.screenshot({ path: 'docs/pictures/phone.png' });
await browser.close();
