import type { Kernel, Module } from '../../kernel/module.ts';
import { identityDeps } from '../../modules/identity/index.ts';
import { sandboxPages } from './offer.pages.ts';
import { sandboxRoutes } from './offer.routes.ts';

/** A demo city that hands out keys, so that another system can be tried without asking anybody. */
export function sandboxModule(kernel: Kernel): Module {
  const { mqttPort, mqttTls } = kernel.config;
  const deps = { ...identityDeps(kernel), mqttPort, mqttTls: mqttTls !== null };
  return { name: 'sandbox', routes: sandboxRoutes(deps), pages: sandboxPages(deps) };
}
