import { EventEmitter } from 'node:events';
import { answerOnce } from '@tributary/local/cli/dataform-worker/answer-once';

test('the same listener of messages hears each message once, other listeners and events as ever', () => {
  const emitter = new EventEmitter();
  const heard: string[] = [];
  answerOnce(emitter);
  const listen = () => emitter.on('message', (text: string) => heard.push(`compile ${text}`));
  listen();
  listen();
  emitter.on('message', (text: string) => heard.push(`other ${text}`));
  const onExit = () => heard.push('exit');
  emitter.on('exit', onExit).on('exit', onExit);
  emitter.emit('message', 'a');
  emitter.emit('exit');
  expect(heard).toEqual(['compile a', 'other a', 'exit', 'exit']);
});
