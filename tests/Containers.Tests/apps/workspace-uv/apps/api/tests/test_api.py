import acme_testing

assert acme_testing
