package main

import (
	"context"
	"crypto/x509"
	"fmt"
	"time"

	nx509 "github.com/notaryproject/notation-core-go/x509"
	"github.com/notaryproject/tspclient-go"
)

type tokenParams struct {
	// Token is the DER of a token, or of a whole answer when IsResponse is set.
	Token      []byte `json:"token"`
	IsResponse bool   `json:"isResponse"`
	Message    []byte `json:"message"`
	Root       []byte `json:"root"`
}

type tokenResult struct {
	Time     *time.Time `json:"time"`
	Accuracy string     `json:"accuracy"`
	Error    *failure   `json:"error"`
}

// judgeToken does with a token what a verification does, up to revocation.
func judgeToken(params tokenParams) (*tokenResult, error) {
	root, err := x509.ParseCertificate(params.Root)
	if err != nil {
		return nil, err
	}
	stamp, err := params.judge(root)
	if err != nil {
		return &tokenResult{Error: describe(err)}, nil
	}
	return &tokenResult{Time: nonZero(stamp.Value), Accuracy: stamp.Accuracy.String()}, nil
}

func (p tokenParams) parse() (*tspclient.SignedToken, error) {
	if !p.IsResponse {
		return tspclient.ParseSignedToken(p.Token)
	}
	var response tspclient.Response
	if err := response.UnmarshalBinary(p.Token); err != nil {
		return nil, err
	}
	return response.SignedToken()
}

func (p tokenParams) judge(root *x509.Certificate) (*tspclient.Timestamp, error) {
	token, err := p.parse()
	if err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	info, err := token.Info()
	if err != nil {
		return nil, fmt.Errorf("info: %w", err)
	}
	stamp, err := info.Validate(p.Message)
	if err != nil {
		return nil, fmt.Errorf("message: %w", err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(root)
	chain, err := token.Verify(context.Background(), x509.VerifyOptions{CurrentTime: stamp.Value, Roots: roots})
	if err != nil {
		return nil, fmt.Errorf("token: %w", err)
	}
	return stamp, nx509.ValidateTimestampingCertChain(chain)
}
