package main

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/notaryproject/notation-core-go/signature"
	_ "github.com/notaryproject/notation-core-go/signature/cose"
	_ "github.com/notaryproject/notation-core-go/signature/jws"
)

// certificate is what a test compares of a certificate.
type certificate struct {
	Fingerprint string    `json:"sha256"`
	Subject     string    `json:"subject"`
	Issuer      string    `json:"issuer"`
	NotBefore   time.Time `json:"notBefore"`
	NotAfter    time.Time `json:"notAfter"`
}

func toCertificates(chain []*x509.Certificate) []certificate {
	told := []certificate{}
	for _, cert := range chain {
		sum := sha256.Sum256(cert.Raw)
		told = append(told, certificate{
			Fingerprint: hex.EncodeToString(sum[:]),
			Subject:     cert.Subject.String(),
			Issuer:      cert.Issuer.String(),
			NotBefore:   cert.NotBefore,
			NotAfter:    cert.NotAfter,
		})
	}
	return told
}

type inspectParams struct {
	Envelope  []byte `json:"envelope"`
	MediaType string `json:"mediaType"`
	// VerifyFirst asks for what a verification says of an envelope that cannot
	// be looked into either; a look inside may meet another fault first.
	VerifyFirst bool `json:"verifyFirst"`
}

type attribute struct {
	Key      string `json:"key"`
	Value    string `json:"value"`
	Critical bool   `json:"critical"`
}

type inspectResult struct {
	ContentType        string        `json:"contentType"`
	Payload            string        `json:"payload"`
	SigningScheme      string        `json:"signingScheme"`
	SigningTime        *time.Time    `json:"signingTime"`
	Expiry             *time.Time    `json:"expiry"`
	ExtendedAttributes []attribute   `json:"extendedAttributes"`
	SigningAgent       string        `json:"signingAgent"`
	Timestamp          []byte        `json:"timestamp"`
	Signature          []byte        `json:"signature"`
	Hash               string        `json:"hash"`
	Certificates       []certificate `json:"certificates"`
	// VerifyError is why the signature itself does not hold, if it does not.
	VerifyError *failure `json:"verifyError"`
}

// inspectEnvelope parses an envelope and tells what is in it, whether or not
// its signature holds. An error means that it could not be parsed.
func inspectEnvelope(params inspectParams) (*inspectResult, error) {
	envelope, err := signature.ParseEnvelope(params.MediaType, params.Envelope)
	if err != nil {
		return nil, err
	}
	_, verifyErr := envelope.Verify()
	content, err := envelope.Content()
	if err != nil && verifyErr != nil && params.VerifyFirst {
		return nil, verifyErr
	}
	if err != nil {
		return nil, err
	}
	info := content.SignerInfo
	told := &inspectResult{
		ContentType:        content.Payload.ContentType,
		Payload:            string(content.Payload.Content),
		SigningScheme:      string(info.SignedAttributes.SigningScheme),
		SigningTime:        nonZero(info.SignedAttributes.SigningTime),
		Expiry:             nonZero(info.SignedAttributes.Expiry),
		ExtendedAttributes: []attribute{},
		SigningAgent:       info.UnsignedAttributes.SigningAgent,
		Timestamp:          info.UnsignedAttributes.TimestampSignature,
		Signature:          info.Signature,
		Hash:               info.SignatureAlgorithm.Hash().String(),
		Certificates:       toCertificates(info.CertificateChain),
		VerifyError:        describe(verifyErr),
	}
	for _, extended := range info.SignedAttributes.ExtendedAttributes {
		told.ExtendedAttributes = append(told.ExtendedAttributes, attribute{
			Key: fmt.Sprint(extended.Key), Value: fmt.Sprint(extended.Value), Critical: extended.Critical,
		})
	}
	return told, nil
}

func nonZero(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	utc := t.UTC()
	return &utc
}
