import { clip, oneLine } from '../src/base/text.ts';
import type { Style } from '../src/base/style.ts';
import type { Io } from '../src/program/io.ts';
import type { Progress } from './engine.ts';
import { meaningOf } from './renovate/outcome.ts';
import type { ProjectReport } from './report/model.ts';

/** Shows a run while it goes on: a line for each project that is done, and on a terminal below them what is in work. */
export interface Ticker {
  tell(progress: Progress, report: ProjectReport | null): void;
  /** Wipes what is not a result. */
  end(): void;
}

export function startTicker(io: Io, style: Style, projects: number): Ticker {
  const live = io.stderrIsTty && io.env['TERM'] !== 'dumb';
  const inWork = new Map<string, number>();
  let done = 0;
  let shown = false;

  function wipe(): void {
    if (shown) io.stderr('\r\u001b[K');
    shown = false;
  }
  function say(text: string): void {
    wipe();
    io.stderr(`${text}\n`);
    show();
  }
  function show(): void {
    if (!live || inWork.size === 0) return;
    const names = [...inWork].map(([path, since]) => `${path} ${Math.round((io.now() - since) / 1000)} s`).join(', ');
    io.stderr(`\r\u001b[K${style.dim(`[${done}/${projects}] ${clip(oneLine(names), 100)}`)}`);
    shown = true;
  }

  return {
    tell(progress, report) {
      if (progress.type === 'started') {
        inWork.set(progress.project, io.now());
        show();
      } else if (progress.type === 'retry') {
        inWork.delete(progress.project);
        say(`${style.yellow('↻')} ${oneLine(progress.project)}: ${meaningOf(progress.outcome).text}; again${progress.inSeconds > 0 ? ` in ${progress.inSeconds} s` : ''}`);
      } else if (progress.type === 'result' && report !== null) {
        inWork.delete(report.path);
        done += 1;
        say(resultLine(report, style, `${done}/${projects}`));
      }
    },
    end: wipe,
  };
}

export function resultLine(report: ProjectReport, style: Style, count: string): string {
  const sign = { done: style.green('✓'), disabled: style.dim('–'), failed: style.red('✗') }[report.status];
  const what = report.status === 'done' ? changesText(report) : report.message;
  return `${sign} ${style.dim(`[${count}]`)} ${oneLine(report.path)} ${style.dim(`${report.seconds.toFixed(1)} s`)} ${oneLine(what)}`;
}

/** `2 opened, 1 merged, 3 waiting`; what is not there is not said. */
export function changesText({ opened, updated, merged, closed, pushed, waiting }: ProjectReport): string {
  const counts: readonly (readonly [number, string])[] = [
    [opened.length, 'opened'],
    [updated.length, 'updated'],
    [merged.length + pushed.length, 'merged'],
    [closed.length, 'closed'],
    [waiting.length, 'waiting'],
  ];
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return parts.length === 0 ? 'nothing to do' : parts.join(', ');
}
