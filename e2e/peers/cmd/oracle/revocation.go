package main

import (
	"context"
	"crypto/x509"
	"net/http"
	"time"

	"github.com/notaryproject/notation-core-go/revocation"
	corecrl "github.com/notaryproject/notation-core-go/revocation/crl"
	"github.com/notaryproject/notation-core-go/revocation/purpose"
	"github.com/notaryproject/notation-go/verifier/crl"
)

type revocationParams struct {
	// Chain is leaf first.
	Chain                [][]byte   `json:"chain"`
	AuthenticSigningTime *time.Time `json:"authenticSigningTime"`
	// CacheDir is where lists are kept; without it they are not.
	CacheDir string `json:"cacheDir"`
}

type serverResult struct {
	Method string `json:"method"`
	Server string `json:"server"`
	Result string `json:"result"`
	Error  string `json:"error"`
}

type certificateResult struct {
	Result  string         `json:"result"`
	Servers []serverResult `json:"servers"`
}

// checkRevocation asks the servers that a code signing chain names, with the
// time limits of the command line.
func checkRevocation(params revocationParams) ([]certificateResult, error) {
	fetcher, err := corecrl.NewHTTPFetcher(&http.Client{Timeout: 5 * time.Second})
	if err != nil {
		return nil, err
	}
	if params.CacheDir != "" {
		if fetcher.Cache, err = crl.NewFileCache(params.CacheDir); err != nil {
			return nil, err
		}
	}
	validator, err := revocation.NewWithOptions(revocation.Options{
		OCSPHTTPClient:   &http.Client{Timeout: 2 * time.Second},
		CRLFetcher:       fetcher,
		CertChainPurpose: purpose.CodeSigning,
	})
	if err != nil {
		return nil, err
	}
	options := revocation.ValidateContextOptions{}
	for _, der := range params.Chain {
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, err
		}
		options.CertChain = append(options.CertChain, cert)
	}
	if params.AuthenticSigningTime != nil {
		options.AuthenticSigningTime = *params.AuthenticSigningTime
	}
	found, err := validator.ValidateContext(context.Background(), options)
	if err != nil {
		return nil, err
	}
	told := []certificateResult{}
	for _, one := range found {
		servers := []serverResult{}
		for _, server := range one.ServerResults {
			result := serverResult{Method: server.RevocationMethod.String(), Server: server.Server, Result: server.Result.String()}
			if server.Error != nil {
				result.Error = server.Error.Error()
			}
			servers = append(servers, result)
		}
		told = append(told, certificateResult{one.Result.String(), servers})
	}
	return told, nil
}

func init() {
	operations["checkRevocation"] = answer(checkRevocation)
}
