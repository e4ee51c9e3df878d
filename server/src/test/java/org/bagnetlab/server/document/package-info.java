/** Tests of the documents. */
package org.bagnetlab.server.document;
