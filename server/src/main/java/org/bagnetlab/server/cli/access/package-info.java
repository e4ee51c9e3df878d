/** Commands for access tokens and for the audit log. */
package org.bagnetlab.server.cli.access;
