// Command seed puts small sample artifacts into a registry or into OCI image
// layouts and prints one line of JSON for each: repository, tag and digest.
// The bytes, and so the digests, are the same in every run.
package main

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/remote"

	"inkan.example/peers/internal/serve"
)

func main() {
	registry := flag.String("registry", "", "host:port of a registry to fill, over plain HTTP")
	user := flag.String("user", "", "user name for the registry")
	password := flag.String("password", "", "password for the registry")
	dir := flag.String("layout", "", "directory to write one image layout per repository into")
	flag.Parse()

	for _, s := range samples() {
		if *registry != "" {
			push(*registry, *user, *password, s)
		}
		if *dir != "" {
			save(filepath.Join(*dir, strings.ReplaceAll(s.Repository, "/", "-")), s)
		}
		if err := json.NewEncoder(os.Stdout).Encode(s); err != nil {
			serve.Fail(err)
		}
	}
}

// push writes s to a registry under its own repository and tag.
func push(registry, user, password string, s sample) {
	tag, err := name.NewTag(registry+"/"+s.Repository+":"+s.Tag, name.Insecure)
	if err != nil {
		serve.Fail(err)
	}
	auth := authn.Anonymous
	if user != "" {
		auth = &authn.Basic{Username: user, Password: password}
	}
	if s.index != nil {
		err = remote.WriteIndex(tag, s.index, remote.WithAuth(auth))
	} else {
		err = remote.Write(tag, s.image, remote.WithAuth(auth))
	}
	if err != nil {
		serve.Fail(err)
	}
}

// save adds s to the image layout at path, which it creates when missing.
func save(path string, s sample) {
	target, err := layout.FromPath(path)
	if err != nil {
		if target, err = layout.Write(path, empty.Index); err != nil {
			serve.Fail(err)
		}
	}
	tag := layout.WithAnnotations(map[string]string{"org.opencontainers.image.ref.name": s.Tag})
	if s.index != nil {
		err = target.AppendIndex(s.index, tag)
	} else {
		err = target.AppendImage(s.image, tag)
	}
	if err != nil {
		serve.Fail(err)
	}
}

// sample is one artifact; exactly one of image and index is set.
type sample struct {
	Repository string `json:"repository"`
	Tag        string `json:"tag"`
	Digest     string `json:"digest"`
	MediaType  string `json:"mediaType"`

	image v1.Image
	index v1.ImageIndex
}
