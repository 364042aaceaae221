// Command reference-verify verifies one artifact and ends, as one run of
// "notation verify" does. Its status is 1 when the artifact does not verify.
package main

import (
	"context"
	"flag"
	"fmt"

	"inkan.example/peers/internal/reference"
	"inkan.example/peers/internal/serve"
)

func main() {
	config := flag.String("config", "", "configuration directory")
	flag.Parse()
	reference.UseConfig(*config)
	artifact, err := reference.Open(flag.Arg(0))
	if err != nil {
		serve.Fail(err)
	}
	if err := artifact.Verify(context.Background()); err != nil {
		serve.Fail(err)
	}
	fmt.Println("Successfully verified signature for", flag.Arg(0))
}
