/** Who may use a server: everyone on its machine, or anyone with a token. */
package org.bagnetlab.server.access;
