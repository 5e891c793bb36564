import { adapters } from '../proof/variants/switched_on/includes/adapter_examples';
import { projectWithSettings } from './edited-project';

/** A copy of this project with adapters in its settings, and how to remove it. */
export function projectWithAdapters(): { readonly dir: string; remove(): void } {
  const written = JSON.stringify(adapters);
  return projectWithSettings({ '{ ga4: [], snowplow: [], segment: [] }': written });
}
