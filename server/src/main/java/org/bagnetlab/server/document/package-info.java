/** Serves the documents of the source tree as pages. */
package org.bagnetlab.server.document;
