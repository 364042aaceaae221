// Command revocation is a certificate authority with an OCSP responder and a
// CRL server that behave as the address they are asked at says: the name of a
// behaviour is the last part of the path, so that a certificate chooses how it
// is answered for by the addresses it is issued with.
package main

import (
	"flag"
	"net/http"

	"inkan.example/peers/internal/serve"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	flag.Parse()
	authorities, err := newAuthorities()
	if err != nil {
		serve.Fail(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /issue", authorities.issue)
	mux.HandleFunc("/ocsp/{issuer}/{behaviour}", authorities.answerOCSP)
	mux.HandleFunc("/ocsp/{issuer}/{behaviour}/{request}", authorities.answerOCSP)
	mux.HandleFunc("GET /crl/{issuer}/{behaviour}", authorities.answerCRL)
	serve.Run(*addr, mux)
}
