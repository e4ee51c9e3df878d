/** Tests of who may use a server. */
package org.bagnetlab.server.access;
