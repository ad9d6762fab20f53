docker-compose up -d
