package main

import (
	"archive/tar"
	"bytes"
	"fmt"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/static"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"inkan.example/peers/internal/serve"
)

// created is the date all samples carry.
var created = time.Date(2025, 4, 1, 12, 0, 0, 0, time.UTC)

// samples returns every artifact the program writes.
func samples() []sample {
	amd64 := v1.Platform{OS: "linux", Architecture: "amd64"}
	all := []sample{
		imageSample("samples/hello", "1.0", image("hello 1.0", amd64)),
		imageSample("samples/hello", "1.1", image("hello 1.1", amd64)),
		imageSample("samples/hello", "latest", image("hello 1.1", amd64)),
		imageSample("samples/web", "2.0.0", image("web 2.0.0", amd64)),
		imageSample("samples/chart", "0.1.0", chart("demo", "0.1.0")),
	}
	busybox := index("busybox 1.36", amd64,
		v1.Platform{OS: "linux", Architecture: "arm64", Variant: "v8"},
		v1.Platform{OS: "linux", Architecture: "arm", Variant: "v7"})
	for _, tag := range []string{"1.36", "latest"} {
		digest, err := busybox.Digest()
		all = append(all, sample{
			Repository: "library/busybox", Tag: tag,
			Digest: must(digest, err).String(), MediaType: string(types.OCIImageIndex), index: busybox,
		})
	}
	return all
}

func imageSample(repository, tag string, img v1.Image) sample {
	digest, err := img.Digest()
	return sample{
		Repository: repository, Tag: tag,
		Digest: must(digest, err).String(), MediaType: string(types.OCIManifestSchema1), image: img,
	}
}

// image builds a one-layer image whose only file holds text.
func image(text string, platform v1.Platform) v1.Image {
	img := mutate.MediaType(empty.Image, types.OCIManifestSchema1)
	img = mutate.ConfigMediaType(img, types.OCIConfigJSON)
	layer := static.NewLayer(tarball("etc/sample", text+" "+platform.String()+"\n"), types.OCIUncompressedLayer)
	img = must(mutate.Append(img, mutate.Addendum{Layer: layer, MediaType: types.OCIUncompressedLayer}))
	config := must(img.ConfigFile()).DeepCopy()
	config.OS, config.Architecture, config.Variant = platform.OS, platform.Architecture, platform.Variant
	config.Created = v1.Time{Time: created}
	config.Config.Cmd = []string{"/bin/cat", "/etc/sample"}
	return must(mutate.ConfigFile(img, config))
}

// index builds an image index with one image for each platform.
func index(text string, platforms ...v1.Platform) v1.ImageIndex {
	idx := mutate.IndexMediaType(empty.Index, types.OCIImageIndex)
	for _, platform := range platforms {
		idx = mutate.AppendManifests(idx, mutate.IndexAddendum{
			Add:        image(text, platform),
			Descriptor: v1.Descriptor{Platform: &platform},
		})
	}
	return idx
}

// chart builds an artifact that is no container image.
func chart(name, version string) v1.Image {
	img := mutate.MediaType(empty.Image, types.OCIManifestSchema1)
	img = mutate.ConfigMediaType(img, "application/vnd.cncf.helm.config.v1+json")
	content := tarball(name+"/Chart.yaml", fmt.Sprintf("apiVersion: v2\nname: %s\nversion: %s\n", name, version))
	layer := static.NewLayer(content, "application/vnd.cncf.helm.chart.content.v1.tar")
	img = must(mutate.Append(img, mutate.Addendum{Layer: layer, MediaType: "application/vnd.cncf.helm.chart.content.v1.tar"}))
	annotated := mutate.Annotations(img, map[string]string{
		"org.opencontainers.image.title":   name,
		"org.opencontainers.image.version": version,
		"org.opencontainers.image.created": created.Format(time.RFC3339),
	})
	return annotated.(v1.Image)
}

// tarball returns a tar archive with one file.
func tarball(name, content string) []byte {
	var buffer bytes.Buffer
	archive := tar.NewWriter(&buffer)
	header := &tar.Header{Name: name, Mode: 0o644, Size: int64(len(content)), ModTime: created}
	if err := archive.WriteHeader(header); err != nil {
		serve.Fail(err)
	}
	if _, err := archive.Write([]byte(content)); err != nil {
		serve.Fail(err)
	}
	if err := archive.Close(); err != nil {
		serve.Fail(err)
	}
	return buffer.Bytes()
}

// must returns value, or ends the program when err is set.
func must[T any](value T, err error) T {
	if err != nil {
		serve.Fail(err)
	}
	return value
}
