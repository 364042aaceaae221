package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"net/http"
	"strings"
	"sync"
	"time"
)

// authority is a certificate with its key.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// authorities are a root, an authority below it, certificates of both that may
// and may not answer for them, and a stranger.
type authorities struct {
	mutex    sync.RWMutex
	issuers  map[string]*authority
	issued   map[*authority][]*big.Int
	stranger *authority
}

// issuer is the authority of a name, or nil.
func (a *authorities) issuer(name string) *authority {
	a.mutex.RLock()
	defer a.mutex.RUnlock()
	return a.issuers[name]
}

// issuedBy are the numbers of all certificates below an authority.
func (a *authorities) issuedBy(issuer *authority) []*big.Int {
	a.mutex.RLock()
	defer a.mutex.RUnlock()
	return append([]*big.Int{}, a.issued[issuer]...)
}

func (a *authorities) remember(issuer *authority, certs ...*authority) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	for _, cert := range certs {
		a.issued[issuer] = append(a.issued[issuer], cert.cert.SerialNumber)
		a.issuers[cert.cert.SerialNumber.Text(36)] = cert
	}
}

var (
	start    = time.Now()
	anHour   = time.Hour
	baseName = pkix.Name{Country: []string{"US"}, Province: []string{"WA"}, Organization: []string{"Notary"}}
)

func named(commonName string) pkix.Name {
	name := baseName
	name.CommonName = commonName
	return name
}

func newSerial() *big.Int {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		panic(err)
	}
	return serial
}

// lifetime changes when a certificate is valid.
type lifetime func(*x509.Certificate)

func expired(template *x509.Certificate) {
	template.NotAfter = start.Add(-anHour)
}

// create issues a certificate; without an issuer it signs itself.
func create(template *x509.Certificate, issuer *authority, lasts ...lifetime) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template.SerialNumber = newSerial()
	template.NotBefore = start.Add(-24 * anHour)
	template.NotAfter = start.Add(24 * anHour)
	for _, change := range lasts {
		change(template)
	}
	parent, signer := template, key
	if issuer != nil {
		parent, signer = issuer.cert, issuer.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	return &authority{cert, key}, err
}

func caTemplate(commonName string) *x509.Certificate {
	return &x509.Certificate{
		Subject:               named(commonName),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
}

func newAuthorities() (*authorities, error) {
	root, err := create(caTemplate("revocation root"), nil)
	if err != nil {
		return nil, err
	}
	stranger, err := create(caTemplate("stranger"), nil)
	return &authorities{
		issuers:  map[string]*authority{"root": root},
		issued:   map[*authority][]*big.Int{},
		stranger: stranger,
	}, err
}

// issued is what a test signs with.
type issued struct {
	Key   string `json:"key"`
	Chain string `json:"chain"`
}

// issue makes a signing certificate below an authority of its own below the
// root. The parameters leafOCSP, leafCRL, caOCSP and caCRL, each as often as
// wanted, are behaviours, or whole addresses.
func (a *authorities) issue(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	addresses := func(method, issuer, parameter string) []string {
		found := []string{}
		for _, behaviour := range query[parameter] {
			if strings.Contains(behaviour, ":") {
				found = append(found, behaviour)
			} else {
				found = append(found, "http://"+r.Host+"/"+method+"/"+issuer+"/"+behaviour)
			}
		}
		return found
	}
	template := caTemplate("authority " + newSerial().Text(36))
	template.OCSPServer = addresses("ocsp", "root", "caOCSP")
	template.CRLDistributionPoints = addresses("crl", "root", "caCRL")
	root := a.issuer("root")
	ca, err := create(template, root)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	id := ca.cert.SerialNumber.Text(36)
	a.remember(root, ca)
	leaf, err := create(&x509.Certificate{
		Subject:               named("signer"),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageCodeSigning},
		OCSPServer:            addresses("ocsp", id, "leafOCSP"),
		CRLDistributionPoints: addresses("crl", id, "leafCRL"),
	}, ca)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	a.remember(ca, leaf)
	key, err := x509.MarshalPKCS8PrivateKey(leaf.key)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	chain := []byte{}
	for _, cert := range []*x509.Certificate{leaf.cert, ca.cert, root.cert} {
		chain = append(chain, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})...)
	}
	_ = json.NewEncoder(w).Encode(issued{
		Key:   string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})),
		Chain: string(chain),
	})
}
