import type { NextConfig } from 'next';

const config: NextConfig = {
  // What the image runs: a server with just the files it needs.
  output: 'standalone',

  // Pictures are served as they are. Without this line Next.js makes smaller ones on request, and the image carries sharp
  // for it: 18 MB more.
  images: { unoptimized: true },

  poweredByHeader: false,

  // `next dev` lets pages of localhost talk to it; this is the other name under which Compose publishes it.
  allowedDevOrigins: ['127.0.0.1'],
};

export default config;
