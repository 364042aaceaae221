import path from 'node:path';
import { fromWireError } from '../../shared/errors/app-error.ts';
import type { InputOf, MethodName, OutputOf } from '../../shared/contract/contract.ts';
import { composeServices } from '../../electron/compose-services.ts';
import { openDirectory } from '../../electron/infra/directory.ts';
import { createJsonLogger } from '../../electron/infra/json-logger.ts';
import { systemClock } from '../../electron/infra/system-clock.ts';

/** The services of Inkan without a host around them, asked through the contract. */
export interface Engine {
  /** @throws AppError with the code that went over the wire */
  call<M extends MethodName>(method: M, input: InputOf<M>, signal?: AbortSignal): Promise<OutputOf<M>>;
  stop(): Promise<void>;
}

const noDialogs = () => Promise.reject(new Error('there are no dialogs here'));

/**
 * Starts the services on folders of their own.
 *
 * @param home - holds `inkan`, `notation` and `.docker`
 * @param capabilities - what the host would have beside what every host has
 */
export async function startEngine(home: string, capabilities: readonly 'pluginInstall'[] = []): Promise<Engine> {
  const { dispatch, close } = await composeServices({
    host: 'loopback',
    capabilities: [...capabilities],
    version: '0.0.0-interop',
    outdatedRuntime: false,
    paths: {
      platform: process.platform,
      env: { HOME: home, NOTATION_CONFIG: path.join(home, 'notation'), DOCKER_CONFIG: path.join(home, '.docker') },
      workingDirectory: home,
    },
    inkan: await openDirectory(path.join(home, 'inkan')),
    scratchPath: path.join(home, 'inkan', 'scratch-notation'),
    logger: createJsonLogger({
      clock: systemClock,
      minimumLevel: 'error',
      write: (line) => void process.stderr.write(line),
    }),
    publish: () => undefined,
    dialogs: { chooseFolder: noDialogs, chooseFile: noDialogs, chooseSavePath: noDialogs, openExternal: noDialogs },
  });
  return {
    async call(method, input, signal = new AbortController().signal) {
      const answer = await dispatch(method, input, signal);
      if (!answer.ok) throw fromWireError(answer.error);
      return answer.output as OutputOf<typeof method>;
    },
    stop: close,
  };
}
