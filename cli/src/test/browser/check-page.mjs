// Opens a page of `fixlane report` in headless Chromium, in both themes and on a wide and a narrow
// screen, and fails if the page complains, loads anything, lacks a section or draws nothing.
//
//   node check-page.mjs PAGE FOLDER    leaves screenshots in FOLDER
//   CHROMIUM=...                       the browser, where it is not on the PATH
//
// Needs nothing but Node and Chromium: it speaks Chromium's DevTools protocol over a pipe.
import {spawn, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

const SCREENS = [{name: 'wide', width: 1000}, {name: 'narrow', width: 360}];
const HEIGHT = 800;
const PATIENCE = 60_000;
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Chromium, and what it says. */
class Browser {
  #child;
  #profile = mkdtempSync(join(tmpdir(), 'fixlane-chromium-'));
  #pending = new Map();
  #number = 0;
  #rest = '';
  /** Is called with each event. */
  listener = () => {};

  constructor(program) {
    this.#child = spawn(program, [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--hide-scrollbars', '--remote-debugging-pipe', `--user-data-dir=${this.#profile}`,
    ], {stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']});
    this.#child.stdio[4].setEncoding('utf8').on('data', text => this.#read(text));
    this.#child.once('exit', () => this.#pending.forEach(({reject}) =>
        reject(new Error('Chromium ended before it had answered'))));
    process.once('exit', () => this.#child.kill('SIGKILL'));
  }

  #read(text) {
    const messages = (this.#rest + text).split('\0');
    this.#rest = messages.pop();
    for (const message of messages.map(JSON.parse)) {
      if (message.id === undefined) {
        this.listener(message);
        continue;
      }
      const {resolve: done, reject} = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      message.error ? reject(new Error(message.error.message)) : done(message.result);
    }
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.#number;
    this.#child.stdio[3].write(JSON.stringify({id, method, params, sessionId}) + '\0');
    return new Promise((done, reject) => this.#pending.set(id, {resolve: done, reject}));
  }

  async close() {
    const ended = new Promise(done => this.#child.once('exit', done));
    this.send('Browser.close').catch(() => {});
    await ended;
    // Chromium's other processes may still write there for a moment.
    rmSync(this.#profile, {recursive: true, force: true, maxRetries: 20, retryDelay: 100});
  }
}

/** Runs in the page: what is wrong with what it shows. */
function inspect() {
  const problems = [];
  const colour = (element, property) => getComputedStyle(element)[property].match(/[\d.]+/g).map(Number);
  const luminance = rgb => rgb.slice(0, 3).map(c => c / 255)
      .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const paper = colour(document.body, 'backgroundColor');
  for (const selector of ['p', 'h2', 'td', 'th', 'a', 'figcaption', 'summary']) {
    const element = document.querySelector(selector);
    if (element && contrast(colour(element, 'color'), paper) < 4.5) {
      problems.push(`${selector} cannot be read: its contrast is less than 4.5`);
    }
  }
  const sections = [...document.querySelectorAll('section')];
  if (sections.length === 0) {
    problems.push('there is no section');
  }
  for (const section of sections) {
    if (!section.querySelector('svg, table, p')) {
      problems.push(`the section ${section.querySelector('h2')?.textContent} is empty`);
    }
  }
  for (const link of document.querySelectorAll('nav a')) {
    if (!document.querySelector(link.getAttribute('href'))) {
      problems.push(`a link leads nowhere: ${link.textContent}`);
    }
  }
  for (const svg of document.querySelectorAll('svg')) {
    const shapes = [...svg.querySelectorAll('path, line, rect, polygon, polyline, circle, ellipse')];
    const seen = shapes.filter(shape => {
      const {fill, stroke, fillOpacity, strokeOpacity} = getComputedStyle(shape);
      const ink = fill !== 'none' && fillOpacity !== '0' ? fill
          : stroke !== 'none' && strokeOpacity !== '0' ? stroke : null;
      const box = shape.getBoundingClientRect();
      return ink && (box.width > 0 || box.height > 0)
          && contrast(ink.match(/[\d.]+/g).map(Number), paper) > 1.1;
    });
    if (seen.length < 20) {
      problems.push(`a drawing shows ${seen.length} shapes: ${svg.getAttribute('aria-label')}`);
    }
  }
  const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
  if (new Set(ids).size !== ids.length) {
    problems.push('an id is there twice');
  }
  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth) {
    problems.push(`the page is ${page.scrollWidth} pixels wide on a screen of ${page.clientWidth}`);
  }
  return {problems, sections: sections.length, drawings: document.querySelectorAll('svg').length,
    paper: paper.join(','), height: page.scrollHeight};
}

async function look(browser, url, theme, {name, width}, folder) {
  const problems = [];
  const {targetId} = await browser.send('Target.createTarget', {url: 'about:blank'});
  const {sessionId} = await browser.send('Target.attachToTarget', {targetId, flatten: true});
  const send = (method, params) => browser.send(method, params, sessionId);
  const loaded = new Promise(done => {
    browser.listener = ({method, params}) => {
      switch (method) {
        case 'Runtime.consoleAPICalled':
          problems.push(`the console has: ${params.args.map(a => a.value).join(' ')}`);
          break;
        case 'Runtime.exceptionThrown':
          problems.push(`an exception: ${params.exceptionDetails.text}`);
          break;
        case 'Log.entryAdded':
          problems.push(`the log has: ${params.entry.text}`);
          break;
        case 'Network.requestWillBeSent':
          if (params.request.url !== url) {
            problems.push(`the page loads ${params.request.url}`);
          }
          break;
        case 'Page.loadEventFired':
          done();
          break;
      }
    };
  });
  for (const domain of ['Runtime', 'Log', 'Network', 'Page']) {
    await send(`${domain}.enable`);
  }
  await send('Emulation.setEmulatedMedia',
      {features: [{name: 'prefers-color-scheme', value: theme}]});
  await send('Emulation.setDeviceMetricsOverride',
      {width, height: HEIGHT, deviceScaleFactor: 1, mobile: false});
  await send('Page.navigate', {url});
  await loaded;
  const {result, exceptionDetails} = await send('Runtime.evaluate',
      {expression: `(${inspect})()`, returnByValue: true});
  if (exceptionDetails) {
    throw new Error(`the inspection failed: ${exceptionDetails.exception?.description}`);
  }
  const seen = result.value;
  const {data} = await send('Page.captureScreenshot', {captureBeyondViewport: true,
    clip: {x: 0, y: 0, width, height: seen.height, scale: 1}});
  writeFileSync(join(folder, `${theme}-${name}.png`), Buffer.from(data, 'base64'));
  await browser.send('Target.closeTarget', {targetId});
  return {...seen, problems: [...problems, ...seen.problems]};
}

async function main([page, folder]) {
  if (!page || !folder) {
    throw new Error('usage: node check-page.mjs PAGE FOLDER');
  }
  const program = process.env.CHROMIUM
      ?? NAMES.find(name => spawnSync(name, ['--version'], {stdio: 'ignore'}).status === 0);
  if (!program) {
    throw new Error(`there is none of ${NAMES.join(', ')} on the PATH`);
  }
  mkdirSync(folder, {recursive: true});
  const url = pathToFileURL(resolve(page)).href;
  const browser = new Browser(program);
  const papers = {};
  let failed = false;
  try {
    for (const theme of ['light', 'dark']) {
      for (const screen of SCREENS) {
        const seen = await look(browser, url, theme, screen, folder);
        papers[theme] = seen.paper;
        console.log(`${theme}, ${screen.name}: ${seen.sections} sections, ${seen.drawings} drawings, `
            + `${seen.problems.length} problems`);
        seen.problems.forEach(problem => console.error(`${theme}, ${screen.name}: ${problem}`));
        failed ||= seen.problems.length > 0;
      }
    }
  } finally {
    await browser.close();
  }
  if (papers.light === papers.dark) {
    console.error('the page looks the same in light and dark');
    failed = true;
  }
  process.exitCode = failed ? 1 : 0;
}

setTimeout(() => {
  console.error('the browser does not answer');
  process.exit(1);
}, PATIENCE).unref();
main(process.argv.slice(2)).catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
