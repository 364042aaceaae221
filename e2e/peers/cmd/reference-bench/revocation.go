package main

import (
	"context"
	"crypto/x509"
	"fmt"
	"net/http"
	"time"

	"github.com/notaryproject/notation-core-go/revocation"
	corecrl "github.com/notaryproject/notation-core-go/revocation/crl"
	"github.com/notaryproject/notation-core-go/revocation/result"
	"github.com/notaryproject/notation-go/verifier/crl"
)

func init() {
	operations["checkRevocation"] = checkRevocation
}

// checkRevocation asks about a chain that is not revoked, each time with a
// validator of its own; lists are kept in a directory where one is named.
func checkRevocation(ctx context.Context, asked task) (any, error) {
	chain := []*x509.Certificate{}
	for _, der := range asked.Chain {
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, err
		}
		chain = append(chain, cert)
	}
	return timed(asked.Times, func(int) error {
		fetcher, err := corecrl.NewHTTPFetcher(&http.Client{Timeout: 5 * time.Second})
		if err != nil {
			return err
		}
		if asked.CacheDir != "" {
			if fetcher.Cache, err = crl.NewFileCache(asked.CacheDir); err != nil {
				return err
			}
		}
		validator, err := revocation.NewWithOptions(revocation.Options{CRLFetcher: fetcher})
		if err != nil {
			return err
		}
		found, err := validator.ValidateContext(ctx, revocation.ValidateContextOptions{CertChain: chain})
		if err == nil && found[0].Result != result.ResultOK {
			err = fmt.Errorf("result %s", found[0].Result)
		}
		return err
	})
}
