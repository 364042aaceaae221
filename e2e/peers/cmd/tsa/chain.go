package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"time"
)

// chain is a root, an intermediate and a signer, valid for ten years to both
// sides of now.
type chain struct {
	root, leaf *x509.Certificate
	between    []*x509.Certificate
	key        *ecdsa.PrivateKey
	// list is the revocation list that the intermediate keeps.
	list []byte
}

var timestamping = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8}

func newChain(crlURL string, revoked bool) *chain {
	rootKey, rootCert := issue(authorityTemplate("tsa root", 1), nil, nil)
	caKey, ca := issue(authorityTemplate("tsa intermediate", 2), rootCert, rootKey)
	template := template("tsa", 3)
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtraExtensions = []pkix.Extension{{
		Id:       asn1.ObjectIdentifier{2, 5, 29, 37},
		Critical: true,
		Value:    must(asn1.Marshal([]asn1.ObjectIdentifier{timestamping})),
	}}
	if crlURL != "" {
		template.CRLDistributionPoints = []string{crlURL}
	}
	key, leaf := issue(template, ca, caKey)
	list := &x509.RevocationList{
		Number:     big.NewInt(1),
		ThisUpdate: time.Now().Add(-time.Hour),
		NextUpdate: time.Now().Add(time.Hour),
	}
	if revoked {
		list.RevokedCertificateEntries = []x509.RevocationListEntry{{
			SerialNumber: leaf.SerialNumber, RevocationTime: time.Now().Add(-time.Hour),
		}}
	}
	return &chain{
		root: rootCert, leaf: leaf, between: []*x509.Certificate{ca}, key: key,
		list: must(x509.CreateRevocationList(rand.Reader, list, ca, caKey)),
	}
}

func (c *chain) rootPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.root.Raw})
}

func template(name string, serial int64) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(serial),
		Subject:      pkix.Name{Country: []string{"JP"}, Organization: []string{"Clock"}, CommonName: name},
		NotBefore:    time.Now().AddDate(-10, 0, 0),
		NotAfter:     time.Now().AddDate(10, 0, 0),
	}
}

func authorityTemplate(name string, serial int64) *x509.Certificate {
	made := template(name, serial)
	made.IsCA, made.BasicConstraintsValid = true, true
	made.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
	return made
}

// issue makes a certificate and its key; without an issuer it is its own.
func issue(template, issuer *x509.Certificate, issuerKey *ecdsa.PrivateKey) (*ecdsa.PrivateKey, *x509.Certificate) {
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	if issuer == nil {
		issuer, issuerKey = template, key
	}
	der := must(x509.CreateCertificate(rand.Reader, template, issuer, &key.PublicKey, issuerKey))
	return key, must(x509.ParseCertificate(der))
}
