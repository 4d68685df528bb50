/** Tests in a real browser: start it, watch a page, look for barriers, take pictures. */
export * from './accessibility.ts';
export * from './chromium.ts';
export * from './screenshots.ts';
export * from './watched-page.ts';
