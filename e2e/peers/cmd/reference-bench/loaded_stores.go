package main

import (
	"context"
	"crypto/x509"

	"github.com/notaryproject/notation-go"
	"github.com/notaryproject/notation-go/dir"
	"github.com/notaryproject/notation-go/verifier"
	"github.com/notaryproject/notation-go/verifier/trustpolicy"
	"github.com/notaryproject/notation-go/verifier/truststore"
)

// loadedStores keeps each trust store after the first time it was read.
type loadedStores struct {
	disk  truststore.X509TrustStore
	known map[string][]*x509.Certificate
}

func (s *loadedStores) GetCertificates(ctx context.Context, storeType truststore.Type, name string) ([]*x509.Certificate, error) {
	id := string(storeType) + ":" + name
	if found, ok := s.known[id]; ok {
		return found, nil
	}
	found, err := s.disk.GetCertificates(ctx, storeType, name)
	if err == nil {
		s.known[id] = found
	}
	return found, err
}

// newVerifier is the library's verifier from the configuration directory, with
// trust stores that are read each time or only once.
func newVerifier(readStoresOnce bool) (notation.Verifier, error) {
	if !readStoresOnce {
		return verifier.NewFromConfig()
	}
	policy, err := trustpolicy.LoadDocument()
	if err != nil {
		return nil, err
	}
	disk := truststore.NewX509TrustStore(dir.ConfigFS())
	return verifier.New(policy, &loadedStores{disk, map[string][]*x509.Certificate{}}, nil)
}

// loadStore reads a ca trust store from disk, anew each time.
func loadStore(ctx context.Context, asked task) (any, error) {
	disk := truststore.NewX509TrustStore(dir.ConfigFS())
	return timed(asked.Times, func(int) error {
		_, err := disk.GetCertificates(ctx, truststore.TypeCA, asked.Store)
		return err
	})
}
