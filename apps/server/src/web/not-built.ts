/** What stands at `/` of a server whose web app was not built: the API works, and how to get the rest. */
export const NOT_BUILT_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Logonscope</title><link rel="stylesheet" href="/api/v1/docs.css"></head>
<body><main><h1>Logonscope</h1>
<p>The server runs and takes events, but its web app was not built. Run <code>npm run build</code> (or start it with
<code>npm start</code>, which does so), then load this page again.</p>
<p><a href="/api/v1/docs">The API</a> is complete without it.</p></main></body></html>
`;
