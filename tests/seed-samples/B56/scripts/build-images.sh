docker build --parallel .
