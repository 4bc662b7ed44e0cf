package com.example.warehouse.http;

import com.example.warehouse.ParcelRefused;
import com.example.warehouse.Warehouse;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Parcels, by what their senders call them. */
@RequestScoped
@Path("parcels/{reference}")
@Produces(MediaType.TEXT_PLAIN)
public class ParcelsResource {

    @Inject
    private Warehouse warehouse;

    /** Takes a parcel to be shipped: 204, or 409 when there is one of that reference. */
    @PUT
    public void accept(@PathParam("reference") String reference) {
        try {
            warehouse.accept(reference);
        } catch (ParcelRefused e) {
            throw new ClientErrorException(e.getMessage(), Response.Status.CONFLICT, e);
        }
    }

    /** Whether it was shipped; 404 when there is none. */
    @GET
    public String shipped(@PathParam("reference") String reference) {
        return warehouse.shipped(reference).orElseThrow(NotFoundException::new) ? "shipped" : "waits";
    }
}
