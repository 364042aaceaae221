package main

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/crypto/ocsp"
)

// invalidityDate is an extension with a moment (RFC 5280, 5.3.2).
func invalidityDate(moment time.Time) pkix.Extension {
	value, err := asn1.MarshalWithParams(moment.UTC(), "generalized")
	if err != nil {
		panic(err)
	}
	return pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 24}, Value: value}
}

var criticalExtension = pkix.Extension{Id: asn1.ObjectIdentifier{1, 2, 3, 4}, Critical: true, Value: []byte{5, 0}}

func readRequest(r *http.Request) (*ocsp.Request, error) {
	if r.Method == http.MethodPost {
		body, err := io.ReadAll(io.LimitReader(r.Body, 65536))
		if err != nil {
			return nil, err
		}
		return ocsp.ParseRequest(body)
	}
	escaped := r.URL.EscapedPath()
	text, err := url.PathUnescape(escaped[strings.LastIndex(escaped, "/")+1:])
	if err != nil {
		return nil, err
	}
	body, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	return ocsp.ParseRequest(body)
}

// fixedAnswers need no look at the question.
var fixedAnswers = map[string][]byte{
	"malformed":          {1, 2, 3},
	"empty":              {},
	"try-later":          ocsp.TryLaterErrorResponse,
	"unauthorized":       ocsp.UnauthorizedErrorResponse,
	"internal-error":     ocsp.InternalErrorErrorResponse,
	"malformed-request":  ocsp.MalformedRequestErrorResponse,
	"signature-required": ocsp.SigRequredErrorResponse,
	"too-large":          make([]byte, 20481),
}

// answerOCSP answers as the behaviour in the path says.
func (a *authorities) answerOCSP(w http.ResponseWriter, r *http.Request) {
	behaviour := r.PathValue("behaviour")
	issuer := a.issuer(r.PathValue("issuer"))
	if issuer == nil || behaviour == "absent" {
		http.NotFound(w, r)
		return
	}
	if fixed, found := fixedAnswers[behaviour]; found {
		_, _ = w.Write(fixed)
		return
	}
	switch behaviour {
	case "slow":
		time.Sleep(4 * time.Second)
	case "redirect":
		http.Redirect(w, r, strings.Replace(r.URL.EscapedPath(), "/redirect", "/good", 1), http.StatusFound)
		return
	}
	request, err := readRequest(r)
	if err != nil {
		_, _ = w.Write(ocsp.MalformedRequestErrorResponse)
		return
	}
	answer, err := a.makeAnswer(behaviour, issuer, request)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/ocsp-response")
	_, _ = w.Write(answer)
}

func (a *authorities) makeAnswer(behaviour string, issuer *authority, request *ocsp.Request) ([]byte, error) {
	template := ocsp.Response{
		Status:       ocsp.Good,
		SerialNumber: request.SerialNumber,
		ThisUpdate:   start.Add(-anHour),
		NextUpdate:   start.Add(anHour),
	}
	signer, about := issuer, issuer
	responder := func(usage x509.ExtKeyUsage, lasts ...lifetime) (err error) {
		signer, err = create(&x509.Certificate{
			Subject:     named("responder"),
			KeyUsage:    x509.KeyUsageDigitalSignature,
			ExtKeyUsage: []x509.ExtKeyUsage{usage},
		}, issuer, lasts...)
		if err == nil {
			template.Certificate = signer.cert
		}
		return err
	}
	var err error
	switch behaviour {
	case "revoked":
		template.Status = ocsp.Revoked
		template.RevokedAt = start.Add(-2 * anHour)
	case "revoked-later":
		template.Status = ocsp.Revoked
		template.RevokedAt = start.Add(-2 * anHour)
		template.ExtraExtensions = []pkix.Extension{invalidityDate(start.Add(anHour))}
	case "unknown":
		template.Status = ocsp.Unknown
	case "expired":
		template.NextUpdate = start.Add(-anHour / 2)
	case "no-next-update":
		template.NextUpdate = time.Time{}
	case "other-serial":
		template.SerialNumber = newSerial()
	case "critical":
		template.ExtraExtensions = []pkix.Extension{criticalExtension}
	case "wrong-signer":
		signer = a.stranger
	case "other-issuer":
		about = a.stranger
	case "expired-responder":
		err = responder(x509.ExtKeyUsageOCSPSigning, expired)
	case "delegated":
		err = responder(x509.ExtKeyUsageOCSPSigning)
	case "not-delegated":
		err = responder(x509.ExtKeyUsageCodeSigning)
	}
	if err != nil {
		return nil, err
	}
	return ocsp.CreateResponse(about.cert, signer.cert, template, signer.key)
}
