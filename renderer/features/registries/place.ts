import type { Source } from '../../../shared/model/source.ts';

/** How `notation` names a repository of a source, before the tag or digest; a layout in an archive has to be unpacked for it. */
export function toPlace(source: Source, repository: string): string {
  return source.kind === 'layout'
    ? (source.archive?.folder ?? source.path ?? source.name)
    : `${source.name}/${repository}`;
}

/** The command line that verifies a tag. */
export function toVerifyCommand(source: Source, repository: string, tag: string): string {
  const layout = source.kind === 'layout' ? ' --oci-layout' : '';
  const insecure = source.kind === 'registry' && source.plainHttp === 'always' ? ' --insecure-registry' : '';
  return `notation verify${layout}${insecure} ${toPlace(source, repository)}:${tag}`;
}
