// Command tsa is a timestamp authority (RFC 3161) whose chain is made when it
// starts. It stamps what is posted to "/"; every other path is a way to get it
// wrong. The root is at /root.pem.
package main

import (
	"bytes"
	"crypto"
	"flag"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/digitorus/timestamp"

	"inkan.example/peers/internal/serve"
)

const replyType = "application/timestamp-reply"

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	crl := flag.String("crl", "", "revocation list to name in the signer's certificate: good or revoked")
	flag.Parse()

	server := &authority{crl: *crl}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /root.pem", server.sendRoot)
	mux.HandleFunc("GET /crl", server.sendCRL)
	mux.HandleFunc("POST /", server.stamp)
	serve.Run(*addr, mux)
}

// authority makes its chain when it is first asked, because the address of its
// revocation list is known only then.
type authority struct {
	crl  string
	once sync.Once
	made *chain
}

func (a *authority) chain(host string) *chain {
	a.once.Do(func() {
		url := ""
		if a.crl != "" {
			url = "http://" + host + "/crl"
		}
		a.made = newChain(url, a.crl == "revoked")
	})
	return a.made
}

func (a *authority) sendRoot(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write(a.chain(r.Host).rootPEM())
}

func (a *authority) sendCRL(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/pkix-crl")
	_, _ = w.Write(a.chain(r.Host).list)
}

// stamp answers a question; the path tells what is to be wrong about it.
func (a *authority) stamp(w http.ResponseWriter, r *http.Request) {
	question, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
	if err != nil {
		return
	}
	request, err := timestamp.ParseRequest(question)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	fault, argument, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	status, contentType := http.StatusOK, replyType
	var answer []byte
	switch fault {
	case "status":
		status, _ = strconv.Atoi(argument)
	case "charset":
		contentType += "; charset=utf-8"
	case "rejected":
		answer = must(timestamp.CreateErrorResponse(timestamp.Rejection, timestamp.BadAlgorithm))
	case "large":
		answer = bytes.Repeat([]byte{0x30}, 1<<20)
	case "shift":
		seconds, _ := strconv.Atoi(argument)
		answer = a.answer(r, request, time.Duration(seconds)*time.Second)
	case "nonce":
		request.Nonce.Add(request.Nonce, request.Nonce)
	}
	if answer == nil {
		answer = a.answer(r, request, 0)
	}
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = w.Write(answer)
}

func (a *authority) answer(r *http.Request, request *timestamp.Request, shift time.Duration) []byte {
	made := a.chain(r.Host)
	token := timestamp.Timestamp{
		HashAlgorithm:     request.HashAlgorithm,
		HashedMessage:     request.HashedMessage,
		Time:              time.Now().Add(shift),
		Accuracy:          time.Second,
		Nonce:             request.Nonce,
		Policy:            []int{1, 3, 6, 1, 4, 1, 57264, 2},
		Certificates:      made.between,
		AddTSACertificate: request.Certificates,
	}
	return must(token.CreateResponseWithOpts(made.leaf, made.key, crypto.SHA256))
}

func must[T any](value T, err error) T {
	if err != nil {
		serve.Fail(err)
	}
	return value
}
