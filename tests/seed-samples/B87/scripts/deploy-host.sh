ssh root@droplet "cd planner && git pull && docker compose up -d --build"
