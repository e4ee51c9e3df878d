/** Commands for tokens, which let people use a server, and for the record of changes. */
package org.bagnetlab.server.cli.access;
