// Command pack makes archives with Go's own packages, as the tools of others
// do: of an image layout that oras-go wrote, or of a folder with a plugin.
package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"oras.land/oras-go/v2"
	"oras.land/oras-go/v2/content/oci"
	"oras.land/oras-go/v2/registry/remote"

	"inkan.example/peers/internal/serve"
)

func main() {
	from := flag.String("from", "", "host:port/repository:tag to copy into a new image layout, over plain HTTP")
	folder := flag.String("folder", "", "folder to pack; with -from, where the layout is made first")
	out := flag.String("out", "", "archive to write: .tar, .tar.gz or .zip")
	flag.Parse()

	if *from != "" {
		if err := copyLayout(*from, *folder); err != nil {
			serve.Fail(err)
		}
	}
	file, err := os.Create(*out)
	if err != nil {
		serve.Fail(err)
	}
	switch {
	case strings.HasSuffix(*out, ".zip"):
		err = writeZip(file, *folder)
	case strings.HasSuffix(*out, ".gz"):
		compressed := gzip.NewWriter(file)
		err = writeTar(compressed, *folder)
		if closing := compressed.Close(); err == nil {
			err = closing
		}
	default:
		err = writeTar(file, *folder)
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		serve.Fail(err)
	}
}

// copyLayout copies an artifact, with everything that refers to it, into an
// image layout in folder.
func copyLayout(reference, folder string) error {
	ctx := context.Background()
	at := strings.LastIndex(reference, ":")
	source, err := remote.NewRepository(reference[:at])
	if err != nil {
		return err
	}
	source.PlainHTTP = true
	target, err := oci.NewWithContext(ctx, folder)
	if err != nil {
		return err
	}
	tag := reference[at+1:]
	_, err = oras.ExtendedCopy(ctx, source, tag, target, tag, oras.DefaultExtendedCopyOptions)
	return err
}

// eachFile calls add for everything in folder, by its path relative to it.
func eachFile(folder string, add func(name, path string, info fs.FileInfo) error) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		return add(filepath.ToSlash(name), path, info)
	})
}

func writeTar(out io.Writer, folder string) error {
	archive := tar.NewWriter(out)
	err := eachFile(folder, func(name, path string, info fs.FileInfo) error {
		header, err := tar.FileInfoHeader(info, "")
		if err != nil {
			return err
		}
		header.Name = "./" + name
		if err := archive.WriteHeader(header); err != nil || !info.Mode().IsRegular() {
			return err
		}
		return copyFile(archive, path)
	})
	if err != nil {
		return err
	}
	return archive.Close()
}

func writeZip(out io.Writer, folder string) error {
	archive := zip.NewWriter(out)
	err := eachFile(folder, func(name, path string, info fs.FileInfo) error {
		if !info.Mode().IsRegular() {
			return nil
		}
		header, err := zip.FileInfoHeader(info)
		if err != nil {
			return err
		}
		header.Name = name
		header.Method = zip.Deflate
		content, err := archive.CreateHeader(header)
		if err != nil {
			return err
		}
		return copyFile(content, path)
	})
	if err != nil {
		return err
	}
	return archive.Close()
}

func copyFile(out io.Writer, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(out, file)
	return err
}
