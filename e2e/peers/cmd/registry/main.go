// Command registry is an in-memory OCI registry with the referrers API.
package main

import (
	"flag"

	"cuelabs.dev/go/oci/ociregistry/ocimem"
	"cuelabs.dev/go/oci/ociregistry/ociserver"

	"inkan.example/peers/internal/serve"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	flag.Parse()
	serve.Run(*addr, ociserver.New(ocimem.New(), nil))
}
