//go:build tools

// Package acme pins the ACME server of the embedded internet, so that it can be built where it
// can't be downloaded.
package acme

import _ "github.com/letsencrypt/pebble/v2/cmd/pebble"
