SwaggerUIBundle({
  url: '/openapi',
  dom_id: '#swagger-ui',
  deepLinking: true,
  // The default asks an outside server to validate the document.
  validatorUrl: null,
});
