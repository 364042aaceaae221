// Command lying-registry is an in-memory OCI registry whose referrers lists
// are wrong: they give the media type of a referrer's config as its artifact
// type, so that a client which believes them finds no signature.
package main

import (
	"flag"
	"io"
	"log"

	"github.com/google/go-containerregistry/pkg/registry"

	"inkan.example/peers/internal/serve"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	flag.Parse()
	silent := log.New(io.Discard, "", 0)
	serve.Run(*addr, registry.New(registry.WithReferrersSupport(true), registry.Logger(silent)))
}
