import { AppError } from '../../../shared/errors/app-error.ts';
import type { FileReader } from '../ports.ts';
import { LayoutArchive, type ArchiveForm } from './layout-archive.ts';
import { LayoutReading } from './layout-reading.ts';
import type { Repository } from './repository.ts';
import { toUnpackedLayout, type UnpackedLayout } from './unpacked-layout.ts';

/** An OCI image layout in a tar archive: all that a folder can be asked, and nothing is ever written into it. */
export class ArchiveRepository extends LayoutReading implements Repository {
  readonly files: LayoutArchive;

  constructor(file: FileReader) {
    const files = new LayoutArchive(file);
    super(files);
    this.files = files;
  }

  get unpacked(): UnpackedLayout {
    return toUnpackedLayout(this.name, this.files.root);
  }

  /** How it is packed, and in which folder of the archive it lies. @throws AppError `archive.*`, `layout.*` */
  async describe(): Promise<{ form: ArchiveForm; root: string }> {
    const form = await this.files.form();
    return { form, root: this.files.root };
  }

  pushBlob(): Promise<never> {
    return this.#refuse();
  }

  pushReferrer(): Promise<never> {
    return this.#refuse();
  }

  #refuse(): Promise<never> {
    return Promise.reject(new AppError('layout.archiveKept', { path: this.name }));
  }
}
