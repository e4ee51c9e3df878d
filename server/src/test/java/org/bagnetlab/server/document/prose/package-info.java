/** Compares the numbers in documents with the files that they are from. */
package org.bagnetlab.server.document.prose;
