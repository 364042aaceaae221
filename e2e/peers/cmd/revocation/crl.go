package main

import (
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"net/http"
	"strings"
	"time"
)

const (
	baseNumber  = 5
	deltaNumber = 7

	certificateHold = 6
	removeFromCRL   = 8
)

// crlStatuses are the answers that are no list.
var crlStatuses = map[string]int{"absent": 404, "created": 201, "no-content": 204, "partial": 206}

// freshest says where the delta of a base list is (RFC 5280, 5.2.6).
func freshest(address string) pkix.Extension {
	type name struct {
		FullName []asn1.RawValue `asn1:"optional,tag:0"`
	}
	type point struct {
		Name name `asn1:"optional,tag:0"`
	}
	uri := asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 6, Bytes: []byte(address)}
	value, err := asn1.Marshal([]point{{name{[]asn1.RawValue{uri}}}})
	if err != nil {
		panic(err)
	}
	return pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 46}, Value: value}
}

func deltaIndicator(base int64) pkix.Extension {
	value, err := asn1.Marshal(big.NewInt(base))
	if err != nil {
		panic(err)
	}
	return pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 27}, Critical: true, Value: value}
}

// answerCRL gives the list that the behaviour in the path names; one that ends
// in "-delta" is the delta of the list before it.
func (a *authorities) answerCRL(w http.ResponseWriter, r *http.Request) {
	behaviour := r.PathValue("behaviour")
	issuer := a.issuer(r.PathValue("issuer"))
	if issuer == nil {
		http.NotFound(w, r)
		return
	}
	switch {
	case behaviour == "slow":
		time.Sleep(7 * time.Second)
	case behaviour == "malformed":
		_, _ = w.Write([]byte{1, 2, 3})
		return
	case behaviour == "redirect":
		http.Redirect(w, r, strings.Replace(r.URL.Path, "/redirect", "/good", 1), http.StatusFound)
		return
	}
	list, err := a.makeList(behaviour, issuer, "http://"+r.Host+r.URL.Path)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if status, found := crlStatuses[behaviour]; found {
		w.WriteHeader(status)
	}
	_, _ = w.Write(list)
}

func (a *authorities) makeList(behaviour string, issuer *authority, address string) ([]byte, error) {
	template := &x509.RevocationList{
		Number:     big.NewInt(baseNumber),
		ThisUpdate: start.Add(-anHour),
		NextUpdate: start.Add(anHour),
	}
	name, isDelta := strings.CutSuffix(behaviour, "-delta")
	if isDelta {
		template.Number = big.NewInt(deltaNumber)
	}
	// What a list says, it says of every certificate below the issuer.
	list := func(reason int, age time.Duration, extensions ...pkix.Extension) {
		for _, serial := range a.issuedBy(issuer) {
			template.RevokedCertificateEntries = append(template.RevokedCertificateEntries, x509.RevocationListEntry{
				SerialNumber: serial, RevocationTime: start.Add(-age), ReasonCode: reason, ExtraExtensions: extensions,
			})
		}
	}
	deltaFrom, hasDelta, signer := int64(baseNumber), false, issuer
	switch name {
	case "revoked", "created", "partial":
		list(1, 2*anHour)
	case "hold":
		list(certificateHold, 2*anHour)
	case "revoked-later":
		list(1, 2*anHour, invalidityDate(start.Add(anHour)))
	case "entry-critical":
		list(1, 2*anHour, criticalExtension)
	case "critical":
		template.ExtraExtensions = append(template.ExtraExtensions, criticalExtension)
	case "expired":
		template.NextUpdate = start.Add(-anHour / 2)
	case "wrong-signer":
		signer = a.stranger
	case "adding":
		if hasDelta = true; isDelta {
			list(1, anHour)
		}
	case "lifting":
		if hasDelta = true; isDelta {
			list(removeFromCRL, anHour)
		} else {
			list(certificateHold, 2*anHour)
		}
	case "stale":
		if hasDelta = true; isDelta {
			template.Number = big.NewInt(baseNumber)
		}
	case "early":
		hasDelta, deltaFrom = true, baseNumber+1
	}
	switch {
	case isDelta:
		template.ExtraExtensions = append(template.ExtraExtensions, deltaIndicator(deltaFrom))
	case hasDelta:
		template.ExtraExtensions = append(template.ExtraExtensions, freshest(address+"-delta"))
	}
	return x509.CreateRevocationList(rand.Reader, template, signer.cert, signer.key)
}
